if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal autoindent
setlocal indentexpr=OutturnIndent()
setlocal indentkeys=o,O
let b:undo_indent = 'setlocal autoindent< indentexpr< indentkeys<'

" A line below a rule, a table or a test is one of its lines; below those, a line is indented as the one before it.
function! OutturnIndent() abort
  let l:before = prevnonblank(v:lnum - 1)
  if l:before == 0 || v:lnum - l:before > 1
    return 0
  endif
  return getline(l:before) =~# '^\(rule\|table\|test\)\>' ? shiftwidth() : indent(l:before)
endfunction
