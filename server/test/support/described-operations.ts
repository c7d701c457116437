type Described = {
  readonly paths: Record<string, Record<string, DescribedOperation>>;
};

type DescribedOperation = {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: object;
};

/** A route as the running server describes it in its OpenAPI document. */
export type Operation = {
  readonly name: string;
  readonly method: string;
  /** Below /api/v1, with {parameters}. */
  readonly path: string;
  readonly needsSession: boolean;
  readonly hasBody: boolean;
  readonly query: readonly string[];
};

/** Everything that the API at an address says it can do. */
export const readOperations = async (url: string): Promise<Operation[]> => {
  const response = await fetch(`${url}/api/openapi.json`);
  const { paths } = (await response.json()) as Described;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: operation.operationId,
      method: method.toUpperCase(),
      path: path.replace("/api/v1", ""),
      needsSession: (operation.security ?? []).length > 0,
      hasBody: operation.requestBody !== undefined,
      query: (operation.parameters ?? []).flatMap((one) => (one.in === "query" ? [one.name] : [])),
    })),
  );
};
