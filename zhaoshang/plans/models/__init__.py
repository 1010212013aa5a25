"""Target; Plan, YearPlan, WorkItem, ProgressReport, ItemChange; Campaign, CampaignProject."""

from zhaoshang.plans.models.campaigns import Campaign, CampaignProject
from zhaoshang.plans.models.targets import Target
from zhaoshang.plans.models.tree import ItemChange, Plan, ProgressReport, WorkItem, YearPlan

__all__ = ["Campaign", "CampaignProject", "ItemChange", "Plan", "ProgressReport", "Target", "WorkItem", "YearPlan"]
