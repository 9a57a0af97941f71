"""What a record says: design, population, the claims it bears on, notices; each with its reason."""

from litwatch.appraisal.appraise import appraise_record as appraise_record
from litwatch.appraisal.notices import appraise_notices as appraise_notices
