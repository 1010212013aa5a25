"""First talks (首报首谈) and transfers (流转): who may talk with an investor, since when, until when; and what two units share.

The server's clock decides, never a typed time. A project counts where it lands, whoever follows it: shares change scores only.
"""
