//! Which machines may be asked: the open internet, or those inside, too.

use crate::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// How far requests may go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Also to this machine and those around it.
    Anywhere,
    /// Only to addresses that are reachable from everywhere.
    Public,
}

/// IPv4 networks that are not globally reachable: first address, length of the prefix.
const INSIDE_V4: [(Ipv4Addr, u32); 16] = [
    // «This network», which leads to this machine.
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    // Shared by customers of a provider; the metadata of some clouds.
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // An agent of Azure beside every machine, at an address that looks like any other.
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    // Link-local, with the metadata of most clouds.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    // Documentation, three times.
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Relays of 6to4.
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    // Benchmarks.
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    // Multicast; reserved, and «everybody here».
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The part of IPv6 that is given out at all…
const GLOBAL_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
/// … and what of it is not globally reachable.
const INSIDE_V6: [(Ipv6Addr, u32); 4] = [
    // Assignments of the IETF: Teredo, benchmarks and the like.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // Documentation, twice.
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    // 6to4: an IPv4 address in disguise, and nobody's way any more.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
];
/// Where networks that have IPv6 alone find IPv4 (RFC 6052): the last four bytes are the address.
const NAT64: (Ipv6Addr, u32) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// Whether an address is one of the open internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !INSIDE_V4.iter().any(|network| is_in_v4(address, *network)),
        IpAddr::V6(address) => match v4_within(address) {
            Some(within) => is_public(IpAddr::V4(within)),
            None => {
                is_in_v6(address, GLOBAL_V6) && !INSIDE_V6.iter().any(|network| is_in_v6(address, *network))
            }
        },
    }
}

/// The IPv4 address that one of IPv6 stands for.
fn v4_within(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [.., a, b, c, d] = address.octets();
    let is_nat64 = is_in_v6(address, NAT64);
    address.to_ipv4_mapped().or_else(|| is_nat64.then_some(Ipv4Addr::new(a, b, c, d)))
}

fn is_in_v4(address: Ipv4Addr, (network, length): (Ipv4Addr, u32)) -> bool {
    (address.to_bits() ^ network.to_bits()).leading_zeros() >= length
}

fn is_in_v6(address: Ipv6Addr, (network, length): (Ipv6Addr, u32)) -> bool {
    (address.to_bits() ^ network.to_bits()).leading_zeros() >= length
}

/// Whether something can be asked at this address at all: `http://` or `https://` and a host, without anybody's name or
/// password and without a `#`. An address that is inside for sure is [`Error::Private`] where only public ones may be
/// asked; what a name leads to is known only when it is asked.
pub fn check(address: &str, reach: Reach) -> Result<(), Error> {
    let uri: Uri = address.parse().map_err(Error::address)?;
    let authority = uri.authority().ok_or_else(|| Error::address("no host"))?;
    let host = authority.host();
    let is_whole = match authority.port_u16() {
        Some(0) => false,
        Some(port) => authority.as_str() == format!("{host}:{port}"),
        None => authority.as_str() == host,
    };
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    if !is_web || !is_whole || host.is_empty() || address.contains('#') {
        return Err(Error::address(address));
    }
    let literal = match host.to_ascii_lowercase().trim_end_matches('.') {
        "localhost" => Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        name => name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>(),
    };
    match literal {
        Ok(address) if reach == Reach::Public && !is_public(address) => Err(Error::Private { address }),
        _ => Ok(()),
    }
}

/// A name led to an address that may not be asked.
#[derive(Debug)]
pub(crate) struct Inside(pub(crate) IpAddr);

impl fmt::Display for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not on the open internet", self.0)
    }
}

impl std::error::Error for Inside {}

/// Resolves names and lets only those through that lead nowhere inside. The connection is made to the addresses that it
/// gives, and to no others.
#[derive(Debug, Default)]
pub(crate) struct Guard(DefaultResolver);

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        match found.iter().find(|address| !is_public(address.ip())) {
            Some(inside) => Err(ureq::Error::Other(Box::new(Inside(inside.ip())))),
            None => Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_is_known_in_every_disguise() {
        let inside = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for text in inside {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        let outside = [
            "1.1.1.1",
            "9.255.255.255",
            "100.63.255.255",
            "100.128.0.0",
            "128.0.0.1",
            "168.63.129.15",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2600::1",
            "2a00:1450:4003:80e::200e",
        ];
        for text in outside {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn addresses_are_of_the_web_and_of_nobody() {
        let code = |address: &str, reach| check(address, reach).err().map(|error| error.code());
        for address in [
            "",
            "exemple.cat",
            "/hooks",
            "ftp://exemple.cat",
            "https://",
            "https:///hooks",
            "https://usuari:clau@exemple.cat/",
            "https://exemple.cat:0/",
            "https://exemple.cat:99999/",
            "https://exemple.cat/#part",
            "https://exem ple.cat/",
            "javascript:alert(1)",
        ] {
            assert_eq!(code(address, Reach::Anywhere), Some("http-address"), "{address}");
        }
        for address in ["https://exemple.cat/hooks?de=tracte", "http://comptes:8080/", "https://1.1.1.1"] {
            assert_eq!(code(address, Reach::Public), None, "{address}");
        }
        for address in [
            "http://localhost:80/",
            "http://LOCALHOST./",
            "http://127.0.0.1/",
            "http://[::1]:9/",
            "http://10.1.2.3",
        ] {
            assert_eq!(code(address, Reach::Public), Some("http-private"), "{address}");
            assert_eq!(code(address, Reach::Anywhere), None, "{address}");
        }
    }
}
