// Source files import each other with the ".js" suffix that Node requires of ESM; under Jest those files are ".ts".
module.exports = (request, options) => {
  const relative = request.startsWith('.') && request.endsWith('.js');
  if (relative && !options.basedir.includes('node_modules')) {
    try {
      return options.defaultResolver(request.replace(/\.js$/, '.ts'), options);
    } catch {
      // a real .js file
    }
  }
  return options.defaultResolver(request, options);
};
