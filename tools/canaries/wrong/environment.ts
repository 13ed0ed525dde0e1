export const home = process.env['SELFOS_HOME'];
