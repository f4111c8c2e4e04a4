"use strict";

const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

/** Starts `outturn rules lsp` with what the settings say. */
async function start() {
  const settings = workspace.getConfiguration("outturn");
  const options = {};
  for (const name of ["config", "ledger"]) {
    if (settings.get(name)) options[name] = settings.get(name);
  }
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  client = new LanguageClient(
    "outturn",
    "outturn rules",
    { command: settings.get("path"), args: ["rules", "lsp"], options: { cwd: folder } },
    {
      documentSelector: [{ language: "outturn-rules" }],
      initializationOptions: options,
    }
  );
  try {
    await client.start();
  } catch (error) {
    window.showErrorMessage(
      `outturn could not be started (${error.message}). Is "${settings.get("path")}" on the PATH? The setting outturn.path names the program.`
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running?.needsStop()) await running.stop();
}

async function restart() {
  await stop();
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    commands.registerCommand("outturn.restart", restart),
    workspace.onDidChangeConfiguration((event) => {
      const changed = ["path", "config", "ledger"].some((name) => event.affectsConfiguration(`outturn.${name}`));
      if (changed) return restart();
    })
  );
  await start();
};

exports.deactivate = stop;
