"""The index of names: finds projects and enterprises by a piece of a name, by pinyin initials or by a key, whatever the city's size.

Knows no noun: a row bears the id of what it is about. The rooms above keep it when they write.
"""
