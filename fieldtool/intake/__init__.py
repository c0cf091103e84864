"""Other people's sheets and reports to proposed recommendations; it proposes only, and writes no record, file or vault."""

from fieldtool.intake.preview import Column, ProposedRecommendation, Remark, SheetPreview
from fieldtool.intake.sayings import Saying
from fieldtool.intake.sheet import read_sheet

__all__ = ["Column", "ProposedRecommendation", "Remark", "Saying", "SheetPreview", "read_sheet"]
