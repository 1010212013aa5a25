"""Ask (问数): what can be asked, what is answered, what opens."""
