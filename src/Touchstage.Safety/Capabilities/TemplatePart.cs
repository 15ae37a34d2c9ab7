namespace Touchstage.Safety.Capabilities;

/// <summary>A piece of a template.</summary>
/// <param name="IsPlaceholder">Whether it stands for an argument.</param>
/// <param name="Text">The literal text, or the argument's name.</param>
internal sealed record TemplatePart(bool IsPlaceholder, string Text);
