"""Bulletins: texts that state figures. Other people's are read and held against the account; our own are written from it.

A check is kept as it was made, with the length of the chain that it was made against. A bulletin is a draft of bound figures until it
is published; then its figures are frozen and neither the text nor the figures ever change: what is corrected later stands beside it.
"""
