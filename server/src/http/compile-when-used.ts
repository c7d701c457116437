import ajvCompiler from "@fastify/ajv-compiler";
import stringifyCompiler from "@fastify/fast-json-stringify-compiler";

type Compiled = (...given: never[]) => unknown;
type Compile<Schema> = (schema: Schema) => Compiled;

/**
 * Fastify's own validators and serializers, each compiled by the first request that needs it. Compiled at the start, those
 * of all routes would take 15 MB and a second, and most processes serve few of the routes.
 */
export const compileWhenUsed = () => {
  const buildValidator = ajvCompiler();
  const buildSerializer = stringifyCompiler();
  return {
    buildValidator: ((...given) =>
      whenUsed(buildValidator(...given) as Compile<unknown>)) as typeof buildValidator,
    buildSerializer: ((...given) =>
      whenUsed(buildSerializer(...given) as Compile<unknown>)) as typeof buildSerializer,
  };
};

/** Ajv's functions have properties (`errors`, `schemaEnv`) that Fastify reads, so what stands in for one has them too. */
const whenUsed =
  <Schema>(compile: Compile<Schema>) =>
  (schema: Schema): Compiled => {
    let compiled: Compiled | undefined;
    const use = () => (compiled ??= compile(schema));
    return new Proxy(() => {}, {
      apply: (_target, self, given: never[]) => Reflect.apply(use(), self, given),
      get: (_target, name) => Reflect.get(use(), name) as unknown,
    });
  };
