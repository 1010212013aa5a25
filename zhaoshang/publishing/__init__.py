"""What the city says on its public site in words: articles, policies and standing pages, in versions that two people agree on; and what
the public asks of them: corrections, privacy, takedown.

Nothing is visible on any channel before its instant: every door reads :meth:`models.ArticleQuerySet.visible`.
"""
