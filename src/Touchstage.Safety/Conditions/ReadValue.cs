namespace Touchstage.Safety.Conditions;

/// <summary>One attribute that an evaluation really read.</summary>
/// <param name="Path">Its path, such as <c>args.amount</c>; <c>has(args.reason)</c> where only presence was asked.</param>
/// <param name="Value">The value as JSON text.</param>
internal sealed record ReadValue(string Path, string Value);
