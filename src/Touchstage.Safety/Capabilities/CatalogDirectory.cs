namespace Touchstage.Safety.Capabilities;

/// <summary>The folder that holds the capability manifests.</summary>
internal sealed record CatalogDirectory(string Path);
