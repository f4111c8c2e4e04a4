if exists('b:current_syntax')
  finish
endif

syntax case match

syntax match outturnGrammar /\<\%(money\|ratio\|price\|number\|reference\|adverse\|every\|starts\|by\|over\|anywhere\|same\|above\|below\|at\|least\|most\|outside\|to\|when\|until\|because\|hold\|raise\|clear\|for\|period\|periods\|formerly\|otherwise\|organisation\|from\|first\|given\|drop\|expect\|as\|of\|quiet\|pending\|unknown\|withdrawn\|closed\)\>/

syntax match outturnDeclarations /^\%(currency\|year\|measure\|dimension\|table\|let\|rule\|test\)\>/ nextgroup=outturnName skipwhite
syntax match outturnName /\<[a-z][a-z0-9_]*\>/ contained

syntax match outturnClauses /^\s\+\zs\%(for each\|overall\|effective\|let\|only when\|watch\|info\|amber\|red\|coverage\|persists for\|clears\|if unknown\|suppress when\|message\|detail\|runbook\|owner\|label\)\>/

syntax keyword outturnOperators and or not is in between where true false
syntax keyword outturnRelations children peers predecessors successors
syntax keyword outturnMonths January February March April May June July August September October November December

syntax match outturnAggregates /\<\%(count\|share\|sum\|mean\|median\|lowest\|highest\|names\)\>\ze\s*(/
syntax match outturnFunctions /\<\%(abs\|as_of\|breach\|change\|change_on_year\|compounded\|cost_above_peers\|cumulative\|days_late\|even_profile\|first_reported\|full_year_effect\|greater\|growth\|highest_of\|if_unknown\|in_month\|last_year\|last_year_end\|last_years_profile\|lesser\|lowest_of\|mix_effect\|month\|moving_average\|own\|payback_period\|periods_since\|previous\|price_effect\|profiled\|remaining\|reported\|restated\|rounded\|run_rate\|severity\|straight_line\|underlying_position\|volume_effect\|ytd\)\>\ze(/
syntax match outturnSeverities /\%(^\s*\)\@<!\<\%(info\|amber\|red\)\>/

syntax match outturnNumber /\<\d[0-9,]*\%(\.\d\+\)\?\%(%\|pp\>\|\>\)/
syntax match outturnNumber /[£$€₴]\d[0-9,]*\%(\.\d\+\)\?\%(bn\|k\|m\)\?\>/
syntax match outturnPeriod /\<\d\{4}\%(-\d\d\)\? M\d\{1,2}\>\|\<\d\{4}-\d\d\>\|\<M\d\{1,2}\>/
syntax match outturnPeriod /\<\d\{4}-\d\d-\d\d\>/

syntax region outturnText start=/"/ end=/"\|$/ contains=outturnHole,outturnBrace oneline
syntax match outturnBrace /{{\|}}/ contained
syntax region outturnHole matchgroup=outturnBraces start=/{{\@!/ end=/}/ contained oneline
  \ contains=outturnQuoted,outturnFormats,outturnOperators,outturnRelations,outturnAggregates,outturnFunctions,outturnNumber,outturnPeriod,outturnGrammar
syntax match outturnQuoted /"[^"]*"/ contained
syntax match outturnFormats /|\s*\zs\%(signed\|words\|over_under\|0dp\|1dp\|2dp\|3dp\|4dp\|5dp\|6dp\|k\|m\|bn\)\>/ contained

syntax match outturnComment /#.*$/ contains=@Spell

highlight default link outturnDeclarations Statement
highlight default link outturnName Identifier
highlight default link outturnClauses Keyword
highlight default link outturnOperators Operator
highlight default link outturnRelations Type
highlight default link outturnMonths Constant
highlight default link outturnGrammar Keyword
highlight default link outturnAggregates Function
highlight default link outturnFunctions Function
highlight default link outturnSeverities Constant
highlight default link outturnNumber Number
highlight default link outturnPeriod Number
highlight default link outturnText String
highlight default link outturnQuoted String
highlight default link outturnBrace SpecialChar
highlight default link outturnBraces Delimiter
highlight default link outturnFormats Special
highlight default link outturnComment Comment

let b:current_syntax = 'outturn'
