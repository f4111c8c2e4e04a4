" Files of other programs end in .rules too: what a file says decides, and a new one is ours unless its folder says not.
function! s:Detect() abort
  if expand('%:p') =~# '/\(udev\|polkit-1\|audit\|snort\|suricata\)/'
    return
  endif
  let l:lines = getline(1, 200)
  if l:lines ==# [''] || match(l:lines, '^\(currency\|measure\|dimension\|table\|let\|rule\|test\) \w') >= 0
    " Vim has guessed another type by then, whose plugins do not all say how to undo them.
    unlet! b:did_ftplugin b:did_indent
    set filetype=outturn
  endif
endfunction

autocmd BufRead,BufNewFile *.rules call s:Detect()
