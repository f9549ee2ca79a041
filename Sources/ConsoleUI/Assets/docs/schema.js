// Schemas: shown as nested lists, and made into examples.

import { element, inline } from './dom.js';

/** What a JSON pointer of the document leads to; anything else is itself. */
export function resolve(api, value) {
  let found = value;
  while (found && found.$ref) {
    found = found.$ref.slice(2).split('/').reduce((place, key) => place?.[key.replace(/~1/g, '/')], api);
  }
  return found ?? {};
}

/** A schema without the wrapping that only gives a reference a description. */
function bare(api, schema) {
  const found = resolve(api, schema);
  return found.allOf?.length === 1 ? { ...bare(api, found.allOf[0]), description: found.description } : found;
}

/** The type of a schema in words, with its bounds and default. */
export function kind(api, schema) {
  const found = bare(api, schema);
  const bounds = [];
  if (found.const !== undefined) bounds.push(`always ${JSON.stringify(found.const)}`);
  if (found.enum) bounds.push(`one of ${found.enum.map((value) => JSON.stringify(value)).join(', ')}`);
  if (found.minimum !== undefined || found.maximum !== undefined) {
    bounds.push(`${found.minimum ?? '…'} to ${found.maximum ?? '…'}`);
  }
  if (found.maxLength !== undefined) bounds.push(`at most ${found.maxLength} characters`);
  if (found.maxItems !== undefined) bounds.push(`at most ${found.maxItems} items`);
  if (found.default !== undefined) bounds.push(`default ${JSON.stringify(found.default)}`);
  let name = found.anyOf ? 'one of several' : found.type ?? 'anything';
  if (found.type === 'array') name = `list of ${found.items ? bare(api, found.items).type ?? 'anything' : 'anything'}`;
  if (found.format) name += ` (${found.format})`;
  return [name, ...bounds].join(', ');
}

/** The members of a schema, nested; a schema inside itself isn't shown again. */
export function tree(api, schema, above = []) {
  const found = bare(api, schema);
  if (above.includes(found) || above.length > 8) return null;
  const inside = [...above, found];
  if (found.anyOf) {
    return element('ul', { class: 'schema' }, found.anyOf.map((choice, index) => element('li', {},
      element('span', { class: 'type' }, `form ${index + 1}: ${choice.$ref ? choice.$ref.split('/').pop() : kind(api, choice)}`),
      tree(api, choice, inside))));
  }
  if (found.type === 'array') return found.items ? tree(api, found.items, inside) : null;
  if (found.additionalProperties && found.additionalProperties !== true) return tree(api, found.additionalProperties, inside);
  const members = Object.entries(found.properties ?? {});
  if (!members.length) return null;
  return element('ul', { class: 'schema' }, members.map(([name, member]) => {
    const shown = bare(api, member);
    return element('li', {},
      element('code', {}, name), ' ',
      element('span', { class: 'type' }, kind(api, member) + (found.required?.includes(name) ? ', required' : '')),
      shown.description ? element('span', { class: 'hint' }, inline(shown.description)) : null,
      tree(api, member, inside));
  }));
}

/** A value that fits a schema, with its required members, or all of them where none is. */
export function example(api, schema, above = []) {
  const found = bare(api, schema);
  if (above.includes(found) || above.length > 8) return null;
  const inside = [...above, found];
  if (found.default !== undefined) return found.default;
  if (found.const !== undefined) return found.const;
  if (found.enum) return found.enum[0];
  if (found.anyOf) return example(api, found.anyOf[0], inside);
  switch (found.type) {
    case 'integer': case 'number': return Math.max(found.minimum ?? 0, 0);
    case 'boolean': return true;
    case 'array': return found.items && Object.keys(found.items).length ? [example(api, found.items, inside)] : [];
    case 'object': {
      const members = Object.entries(found.properties ?? {});
      const wanted = members.filter(([name]) => found.required?.includes(name));
      return Object.fromEntries((wanted.length ? wanted : members)
        .map(([name, member]) => [name, example(api, member, inside)]));
    }
    case 'string': return found.format === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 'text';
    default: return {};
  }
}
