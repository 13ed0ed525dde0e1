// Three parameters, then an object. A constructor, and a factory that stands for one, takes ports: at most five.
const LIMITS = { function: 3, constructor: 5 };

export default {
  meta: {
    type: 'suggestion',
    docs: { description: 'limit the parameters of functions and constructors' },
    messages: { many: 'This {{kind}} takes {{count}} parameters; {{limit}} are allowed.' },
    schema: [],
  },
  create(context) {
    function makes({ parent }) {
      if (parent?.type === 'MethodDefinition') return parent.kind === 'constructor';
      return parent?.type === 'Property' && parent.key.name === 'useFactory';
    }
    function check(node) {
      const kind = makes(node) ? 'constructor' : 'function';
      const count = node.params.length;
      if (count > LIMITS[kind]) context.report({ node, messageId: 'many', data: { kind, count, limit: LIMITS[kind] } });
    }
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check, TSEmptyBodyFunctionExpression: check };
  },
};
