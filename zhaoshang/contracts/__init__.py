"""What a project is worth and what is signed for it: the appraisal before (研判), the contract's text read and reviewed, and the
promises of both sides afterwards (双兑现).

A signing rests on the review: its outcome becomes evidence of the stage, which every door asks for (``projects.stages``).
"""
