"""Plans: what is to be reached and done: targets by document, plans with their measures and tasks, special campaigns.

A target's change is a new document; a task's change keeps its history; a campaign is a tag, so that nothing is reported twice.
"""
