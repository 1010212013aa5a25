"""Where people decide about what others declared: intake of workbooks, cases, findings."""
