"""Other people's spreadsheets to proposed recommendations; it proposes only, and writes no record, file or vault."""

from fieldtool.intake.preview import Column, ProposedRecommendation, Remark, SheetPreview
from fieldtool.intake.sayings import Saying
from fieldtool.intake.sheet import looks_like_sheet, read_sheet

__all__ = ["Column", "ProposedRecommendation", "Remark", "Saying", "SheetPreview", "looks_like_sheet", "read_sheet"]
