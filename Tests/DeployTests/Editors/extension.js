// Runs the VS Code extension with stand-ins for what VS Code gives it, and tells what it did, as JSON.
"use strict";

const Module = require("node:module");
const path = require("node:path");

const folder = process.argv[2];
const manifest = require(path.join(folder, "package.json"));
const settings = { "outturn.path": "/opt/outturn", "outturn.config": "outturn.yaml" };
const told = { commands: [], started: 0, stopped: 0 };
const commands = {};
let changed;

class LanguageClient {
  constructor(id, name, server, client) {
    told.command = server.command;
    told.arguments = server.args;
    told.options = client.initializationOptions;
    told.language = client.documentSelector[0].language;
  }
  async start() { told.started += 1; }
  needsStop() { return true; }
  async stop() { told.stopped += 1; }
}

const vscode = {
  commands: { registerCommand: (name, run) => { told.commands.push(name); commands[name] = run; return {}; } },
  window: { showErrorMessage: (words) => { throw new Error(words); } },
  workspace: {
    workspaceFolders: [{ uri: { fsPath: "/tmp" } }],
    // As VS Code does: what nobody set has the default of the manifest.
    getConfiguration: (section) => ({
      get: (name) => settings[`${section}.${name}`] ?? manifest.contributes.configuration.properties[`${section}.${name}`].default,
    }),
    onDidChangeConfiguration: (run) => { changed = run; return {}; },
  },
};

const load = Module._load;
Module._load = function (name, ...rest) {
  if (name === "vscode") return vscode;
  if (name === "vscode-languageclient/node") return { LanguageClient };
  return load.call(this, name, ...rest);
};

(async () => {
  const extension = require(path.join(folder, manifest.main));
  await extension.activate({ subscriptions: [] });
  await changed({ affectsConfiguration: (name) => name === "outturn.config" });
  await changed({ affectsConfiguration: (name) => name === "editor.fontSize" });
  await commands["outturn.restart"]();
  await extension.deactivate();
  console.log(JSON.stringify(told));
})();
