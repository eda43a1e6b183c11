"""Small-number suppression and coding. PURE; knows nothing of charts or rules."""

from inquirylab.privacy.audit import audit
from inquirylab.privacy.coding import coded_rates
from inquirylab.privacy.rates import outcome_cells, rates
from inquirylab.privacy.releases import Release
from inquirylab.privacy.suppress import suppress
from inquirylab.privacy.system import System

__all__ = ["Release", "System", "audit", "coded_rates", "outcome_cells", "rates", "suppress"]
