//! Zones of leads and companies: what somebody wrote, else the zone of the company's list that their postcode is in.

use model::{Frame, Settings};

/// What of an address says in which zone it is.
#[derive(Default)]
pub(crate) struct Place {
    postcode: Option<String>,
    country: Option<String>,
    zone: Option<String>,
}

impl Place {
    pub(crate) fn new(postcode: &Option<String>, country: &Option<String>, zone: &Option<String>) -> Place {
        Place { postcode: postcode.clone(), country: country.clone(), zone: zone.clone() }
    }

    /// The zone of what stands here now and stood at this place before: what was written stays, and what came of a postcode
    /// follows the postcode.
    pub(crate) fn zone_after(&self, now: &Place, frame: &Frame, settings: &Settings) -> Option<String> {
        let of_postcode = |place: &Place| {
            let postcode = place.postcode.as_deref()?;
            frame.zone_of(postcode, place.country.as_deref(), settings).map(str::to_owned)
        };
        let came_of_postcode = self.zone.is_some() && self.zone == of_postcode(self);
        let is_written = now.zone.is_some() && !(came_of_postcode && now.zone == self.zone);
        if is_written { now.zone.clone() } else { of_postcode(now) }
    }
}
