namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>A manifest's text.</summary>
/// <param name="Name">Its path relative to the folder, with <c>/</c> between the parts.</param>
/// <param name="Text">What it holds.</param>
internal sealed record ManifestFile(string Name, string Text);
