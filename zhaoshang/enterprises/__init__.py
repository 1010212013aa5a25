"""Enterprises: who invests and who receives, told apart by the unified social credit code (统一社会信用代码, GB 32100-2015)."""
