# Plugins
plugins-title = Plugins
plugins-intro = Other people’s code, run in isolation, with limits and only the permissions you give.
plugins-none = No plugin is installed
plugins-none-text = Without plugins, leads are assigned by turns.
plugins-name = Plugin
plugins-version = Version
plugins-state = State
plugins-installed = Installed plugins
plugins-disabled = disabled
plugins-healthy = running
plugins-failing =
    { $count ->
        [one] { $count } failure in a row
       *[other] { $count } failures in a row
    }
plugins-paused = paused until { $time }
plugins-available = Available
plugins-install = Install
plugins-upload = Install from a file
plugins-file = Plugin file
plugins-file-hint = A WebAssembly component (.wasm). It stays disabled until you have reviewed its permissions.
plugins-upload-action = Upload and install
plugins-enable = Enable
plugins-disable = Disable
plugins-failing-text =
    { $count ->
        [one] The last call failed. The lead was assigned by the next rule.
       *[other] The last { $count } calls failed. The leads were assigned by the next rule.
    }
plugins-paused-text = The plugin failed too many times in a row and is paused until { $time }. Meanwhile no lead is lost: they are assigned by the next rule.
plugins-config = Configuration
plugins-config-none = This plugin has nothing to configure.
plugins-save = Save
plugins-permissions = What it may do
plugins-not-http = It cannot connect to the internet.
plugins-not-files = It cannot read or write files.
plugins-not-write = It cannot change data: it only proposes, and Tracte checks.
plugins-may-see-lead = Reads the lead that is to be assigned.
plugins-may-see-candidates = Reads the list of people who could receive it.
plugins-may-read-config = Reads its own configuration.
plugins-may-log = Writes to its own log.
plugins-may-http = Connects to { $hosts }.
plugins-may-read-records = Reads records of: { $kinds }.
plugins-may-secret = Uses the secret { $name } with { $hosts }, without seeing it.
plugins-identifier = Identifier
plugins-does = Job
plugins-size = Size
plugins-limits = Limits per call
plugins-limits-words = { $time } ms · { $memory } MB · { $fuel } instructions
plugins-about = About the plugin
plugins-hash = SHA-256 hash of the component
plugins-hook-assigner = assigns leads
plugins-calls = Recent calls
plugins-calls-none = It has not been called yet
plugins-calls-none-text = Each lead that comes in leaves its decision and reason here.
plugins-calls-shown = { $shown } of { $total }
plugins-calls-more = Show more
plugins-call-about = Lead
plugins-call-outcome = Outcome
plugins-call-reason = Reason
plugins-call-cost = Cost
plugins-call-log =
    { $count ->
        [one] Log ({ $count } line)
       *[other] Log ({ $count } lines)
    }
plugins-call-fuel = { $fuel } instr.
plugins-outcome-assigned = assigned
plugins-outcome-queued = sent to a team
plugins-outcome-skipped = no decision
plugins-outcome-fuel = too much computing
plugins-outcome-timeout = took too long
plugins-outcome-memory = too much memory
plugins-outcome-trap = crashed
plugins-outcome-bad-output = invalid answer
plugins-outcome-denied = not permitted
plugins-outcome-plugin = reported an error
plugins-remove = Uninstall
plugins-remove-warning = Its configuration will be deleted. Assignments already made are kept, with their reasons.
plugins-remove-confirm = Uninstall and delete the configuration
plugins-notice-removed = Plugin uninstalled.
