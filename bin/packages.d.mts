interface LockedPackage {
  version?: string;
  optional?: boolean;
  devOptional?: boolean;
}

/** Whether every package wanted by package-lock.json is installed in its version; optional ones may be missing. */
export declare function isInstalled(
  wanted: Record<string, LockedPackage>,
  installed: Record<string, LockedPackage>,
): boolean;
