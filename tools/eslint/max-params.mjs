// Three parameters, then an object. A constructor takes ports, at most five: more means two classes.
const LIMITS = { function: 3, constructor: 5 };

export default {
  meta: {
    type: 'suggestion',
    docs: { description: 'limit the parameters of functions and constructors' },
    messages: { many: 'This {{kind}} takes {{count}} parameters; {{limit}} are allowed.' },
    schema: [],
  },
  create(context) {
    function check(node) {
      const kind = node.parent?.type === 'MethodDefinition' && node.parent.kind === 'constructor' ? 'constructor' : 'function';
      const count = node.params.length;
      if (count > LIMITS[kind]) context.report({ node, messageId: 'many', data: { kind, count, limit: LIMITS[kind] } });
    }
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check, TSEmptyBodyFunctionExpression: check };
  },
};
