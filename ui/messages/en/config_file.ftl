file-title = Configuration as a file
file-intro = All that the company has set up: to keep, to compare, or to carry to another company.
file-export = Download the configuration
file-bring = Bring a file
file-bring-text = You see its changes first, one by one; nothing changes until you confirm. Sections that are not in the file stay as they are.
file-file = TOML file
file-text = Or paste its text
file-review = Show the changes
file-review-title = Changes of the file
file-unchanged = { $count ->
    [one] { $count } piece is as the file says already
   *[other] { $count } pieces are as the file says already
}
file-problems = { $count ->
    [one] The file has a problem and cannot be applied
   *[other] The file has { $count } problems and cannot be applied
}
file-nothing = The company is as the file says already.
file-line = Line
file-place = Place
file-problem = Problem
file-changes = Changes: { $count }
file-deed = What happens
file-field = Field
file-now = Now
file-then = Then
file-added = Added
file-changed = Changed
file-removed = Removed
file-apply = Apply the changes
