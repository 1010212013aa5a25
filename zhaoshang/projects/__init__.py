"""Projects (thin): what is invested in, where it lands, and the dates by which signings, landings and reserves are counted.

Counted where the project lands, not where its investor sits: hence one reporting unit a project.
"""
