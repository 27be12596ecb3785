//! What every request passes on its way in and out: our own layers, because of what poem's do not do.

pub(crate) mod arrive;
pub(crate) mod body_limit;
pub(crate) mod compress;
pub(crate) mod csrf;
pub(crate) mod faults;
pub(crate) mod headers;
