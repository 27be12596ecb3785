#!/usr/bin/env bash
# Makes a compiler for wasm32-unknown-unknown out of Debian's packages, for machines where rustup cannot download.
# Nothing is installed: rustc-web is unpacked into the folder named by the first argument, and std is built there.
# Takes about two minutes on two cores and 490 MB. The second argument is the oldest Rust that plugins compile with; the
# file `ok` in the folder repeats it once all is complete.
set -euo pipefail

readonly target=wasm32-unknown-unknown
readonly prefix=${1:?usage: debian-wasm.sh FOLDER RUST-VERSION}
readonly wanted_rust=${2:?usage: debian-wasm.sh FOLDER RUST-VERSION}
readonly packages=(rustc-web rust-web-src)

say() { printf '      %s\n' "$*"; }
missing() { printf '      %s\n' "$*" >&2; exit 1; }

# Two clones of one user may get here together: the second waits, and finds the work done.
mkdir -p "$prefix"
exec 9>"$prefix.lock"
flock 9
[ "$(cat "$prefix/ok" 2>/dev/null)" = "$wanted_rust" ] && exit 0

for tool in apt-get apt-cache dpkg dpkg-deb cargo; do
  command -v "$tool" >/dev/null || missing "$tool is missing: this way needs a Debian system with cargo."
done

rm -rf "$prefix"
mkdir -p "$prefix/packages" "$prefix/std/src"

candidate() { apt-cache policy rustc-web 2>/dev/null | awk '$1 == "Candidate:" { print $2 }'; }
is_new_enough() { dpkg --compare-versions "$(candidate)" ge "$wanted_rust"; }
# Lists that came with the machine may know an older compiler alone.
if ! is_new_enough; then
  say "fetching Debian's package lists"
  apt-get update -qq >&2 || missing "Package lists are needed: run  sudo apt-get update  and try again."
  is_new_enough || missing "Debian's rustc-web is $(candidate) here; plugins need Rust $wanted_rust."
fi

say "fetching ${packages[*]} and what they need"
cd "$prefix/packages"
# A simulated install names every package that this system lacks; apt checks each against Debian's signed index.
mapfile -t wanted < <(apt-get install -s --no-install-recommends "${packages[@]}" | awk '$1 == "Inst" { print $2 }')
[ "${#wanted[@]}" -gt 0 ] || wanted=("${packages[@]}")
apt-get -qq -o APT::Sandbox::User=root download "${wanted[@]}"

say "unpacking"
for package in *.deb; do
  case $package in
    rust-web-src*)
      dpkg --fsys-tarfile "$package" |
        tar x -C "$prefix" --wildcards './usr/src/rustc-*/library' ./usr/lib/rustlib/src ;;
    *) dpkg -x "$package" "$prefix" ;;
  esac
done

# The compiler finds its own libraries and its own sysroot only when told; cargo gets this wrapper as RUSTC.
compiler=$prefix/usr/bin/rustc
mv "$compiler" "$compiler.bin"
libraries=$prefix/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch)
printf '#!/bin/sh\nLD_LIBRARY_PATH="%s" exec "%s" --sysroot "%s" "$@"\n' \
  "$libraries" "$compiler.bin" "$prefix/usr" >"$compiler"
chmod +x "$compiler"

say "building std for $target"
cd "$prefix/std"
: >src/lib.rs
cat >Cargo.toml <<'TOML'
[package]
name = "std-for-plugins"
version = "0.0.0"
edition = "2024"
[profile.release]
panic = "abort"
[workspace]
TOML
# Without bitcode in std, link-time optimisation of a plugin fails.
env -u CARGO_TARGET_DIR -u CARGO_ENCODED_RUSTFLAGS \
  RUSTC="$compiler" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
  cargo build --quiet --release --target "$target" -Z build-std=std,panic_abort

library=$prefix/usr/lib/rustlib/$target/lib
mkdir -p "$library"
rm -f "target/$target/release/deps/"libstd_for_plugins-*
cp "target/$target/release/deps/"*.rlib "$library/"

cd "$prefix"
rm -rf packages std usr/src usr/share
printf '%s\n' "$wanted_rust" >ok
