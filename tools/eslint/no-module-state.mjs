// Several services share one process, so nothing may live at module level but constants.
const COLLECTIONS = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array']);

function isReadonlyType(annotation) {
  const type = annotation?.typeAnnotation;
  if (!type) return false;
  if (type.type === 'TSTypeOperator') return type.operator === 'readonly';
  return type.type === 'TSTypeReference' && /^Readonly/.test(type.typeName?.name ?? '');
}

/** True for a value that somebody can only have made in order to fill it later. */
function isMutable(init, annotation) {
  if (!init || isReadonlyType(annotation)) return false;
  if (init.type === 'NewExpression') return COLLECTIONS.has(init.callee.name) && init.arguments.length === 0;
  if (init.type === 'ArrayExpression') return init.elements.length === 0;
  return init.type === 'ObjectExpression' && init.properties.length === 0;
}

function atModuleLevel(node) {
  const parent = node.parent;
  return parent.type === 'Program' || (parent.type === 'ExportNamedDeclaration' && parent.parent.type === 'Program');
}

export default {
  meta: {
    type: 'problem',
    docs: { description: 'forbid mutable state at module level and in static fields' },
    messages: {
      binding: 'A module-level "{{kind}}" is shared by every service in the process. Put it into a class or pass it in.',
      value: 'A module-level collection that is filled later is shared by every service in the process. Put it into a class.',
      field: 'A static field that can change is module-level state. Make it readonly or an instance field.',
    },
    schema: [],
  },
  create(context) {
    return {
      VariableDeclaration(node) {
        if (!atModuleLevel(node) || node.declare) return;
        if (node.kind !== 'const') context.report({ node, messageId: 'binding', data: { kind: node.kind } });
        for (const item of node.declarations) {
          if (isMutable(item.init, item.id.typeAnnotation)) context.report({ node: item, messageId: 'value' });
        }
      },
      PropertyDefinition(node) {
        if (!node.static || node.declare) return;
        if (!node.readonly || isMutable(node.value, node.typeAnnotation)) context.report({ node, messageId: 'field' });
      },
    };
  },
};
