/** How much a request may be, as ServiceProviderConfig says it too. */
export const limits = { bodyBytes: 8 * 1024 * 1024, bulkOperations: 1000 } as const;
