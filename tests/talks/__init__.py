"""Tests of first talks, disputes and transfers."""
