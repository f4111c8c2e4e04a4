-- How Neovim (0.11 and later) starts the language server; `vim.lsp.enable("outturn")` turns it on.
return {
  cmd = { "outturn", "rules", "lsp" },
  filetypes = { "outturn" },
  root_markers = { "outturn.yaml", ".git" },
}
