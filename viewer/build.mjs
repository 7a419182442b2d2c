// Builds dist/page.html: the page with its style, its script, the policy that lets that script run and nothing else, and the
// licences of the libraries in it; and dist/LICENCES.txt. The same sources give the same bytes.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const here = (path) => new URL(path, import.meta.url);
const text = (path) => readFileSync(here(path), "utf8");

const options = { bundle: true, minify: true, write: false, target: "es2022", charset: "utf8", legalComments: "none", metafile: true };
const bundled = async (path) => {
  const { outputFiles, metafile } = await build({ ...options, absWorkingDir: here(".").pathname, entryPoints: [path], format: "iife" });
  return { code: outputFiles[0].text.trim(), inputs: Object.keys(metafile.inputs) };
};

/** The licences of the packages that files come from, each with its name and version. */
function licences(inputs) {
  const names = new Set(inputs.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  const all = [...names].sort().map((name) => {
    const { version, license } = JSON.parse(text(`node_modules/${name}/package.json`));
    const file = ["LICENSE.txt", "LICENSE", "LICENSE.md"].find((file) => existsSync(here(`node_modules/${name}/${file}`)));
    if (file === undefined) throw new Error(`${name} comes without a licence`);
    return `${name} ${version} (${license})\n\n${text(`node_modules/${name}/${file}`).replaceAll("\r\n", "\n").trim()}\n`;
  });
  return `This page holds these libraries.\n\n${all.join(`\n${"-".repeat(80)}\n\n`)}`;
}

const [script, style] = await Promise.all([bundled("src/main.ts"), bundled("src/style.css")]);
const notice = licences(script.inputs);
for (const [what, content, ends] of [["script", script.code, /<\/script|<!--|\r/i], ["style", style.code, /<\/style|\r/i], ["licences", notice, /-->/]]) {
  if (ends.test(content)) throw new Error(`the ${what} holds what would end it in a page`);
}
const hash = createHash("sha256").update(script.code).digest("base64");
const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data: blob:;<!--techgraph:connect--> base-uri 'none'; form-action 'none'`;
const parts = { policy, style: style.code, licences: notice, script: script.code };
const page = text("page.html").replaceAll(/\{(policy|style|licences|script)\}/g, (_, name) => parts[name]);
mkdirSync(here("dist"), { recursive: true });
writeFileSync(here("dist/page.html"), page);
writeFileSync(here("dist/LICENCES.txt"), notice);
console.log(`dist/page.html: ${Buffer.byteLength(page)} bytes`);
