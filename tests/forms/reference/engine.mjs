// Fills sheets in with ODK's own engine. Reads lines of JSON {xml, sheets: [[[verb, path, value], …], …]} and answers
// each with a line: for every sheet its places {path, relevant, value, wrong}, or {error}.
// Time stands still at NOW (milliseconds); the engine wants a browser's DOM and a module folder, so both are lent to it.

import { createInterface } from 'node:readline';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');
for (const name of ['document', 'DOMParser', 'XMLSerializer', 'Node', 'Element', 'Attr', 'Text', 'Comment', 'Document', 'XMLDocument']) {
	globalThis[name] = window[name];
}
globalThis.window = globalThis;
globalThis.__dirname = '/';
const now = Number(process.env.NOW);
Date.now = () => now;
console.warn = () => undefined;

const { loadForm } = await import('@getodk/xforms-engine');

const children = (node) => node.currentState.children ?? [];
const find = (node, path) => {
	for (const child of children(node)) {
		const here = child.currentState.reference;
		if (here === path) return child;
		if (path.startsWith(`${here}/`) || path.startsWith(`${here}[`)) {
			const found = find(child, path);
			if (found) return found;
		}
	}
	return null;
};
const set = (node, value) => {
	switch (node.nodeType) {
		case 'select': return node.selectValues(value === '' ? [] : value.split(' '));
		case 'trigger': return node.setValue(value !== '');
		default: return node.setValue(value);
	}
};
const act = (root, [verb, path, value]) => {
	const node = find(root, path);
	if (verb === 'add') node.addInstances();
	else if (verb === 'remove') node.removeInstances(value - 1, 1);
	else if (!node.currentState.readonly) set(node, value);
};
const places = function* (node) {
	for (const child of children(node)) {
		const isRange = child.nodeType.startsWith('repeat-range');
		if (child.currentState.children != null) {
			if (!isRange) yield { path: child.currentState.reference, relevant: child.currentState.relevant };
			yield* places(child);
		} else {
			const { reference, relevant } = child.currentState;
			const wrong = child.validationState?.violation?.condition ?? '';
			yield { path: reference, relevant, value: child.getXPathValue(), wrong };
		}
	}
};

for await (const line of createInterface({ input: process.stdin })) {
	const { xml, sheets } = JSON.parse(line);
	const loaded = await loadForm(xml);
	const answer = loaded.status === 'failure' ? { error: loaded.error.message } : sheets.map((actions) => {
		try {
			const { root } = loaded.createInstance();
			actions.forEach((action) => act(root, action));
			return [...places(root)];
		} catch (error) {
			return { error: String(error) };
		}
	});
	process.stdout.write(`${JSON.stringify(answer)}\n`);
}
