"""Investment partners (招商合伙人): who was appointed for how long, what they brought, and what they are rewarded for it.

Who may not be one is data, each refusal with its rule. Credit is for leads that were registered before the first talk; the reward follows a
dated formula, every step explained, decided by a second person and shown to the public before it is final.
"""
