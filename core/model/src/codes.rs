//! Enums whose values have codes: in files, forms and the API.

/// One line a value: its name and its code in files, forms and the API.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$value_doc])* $value,)*
        }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$value,)*];

            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$value => $code,)*
                }
            }

            pub fn from_code(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|value| value.as_str() == code)
            }
        }
    };
}
pub(crate) use coded;
