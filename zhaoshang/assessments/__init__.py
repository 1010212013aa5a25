"""Assessments (考核): what a regulation says, what each unit scored by it and why, who objected and what was decided; and the lights.

Nothing here can be typed into a result: scores and colours are pure functions of inputs, and inputs are figures of the account or
numbers entered with the document that they stand in.
"""
