"""Suppress: publish a table with every margin so that no hidden count can be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from inquirylab.errors import PrivacyError
from inquirylab.privacy.axes import Axis
from inquirylab.privacy.bundles import system_of
from inquirylab.privacy.cells import Cells
from inquirylab.privacy.certificate import Certificate, certify
from inquirylab.privacy.draft import Draft
from inquirylab.privacy.grid import Grid
from inquirylab.privacy.policy import Policy
from inquirylab.privacy.protect import Protection
