/** How many resources a page has when the client does not say, and at most. */
export const pageSize = { default: 100, most: 500 };
