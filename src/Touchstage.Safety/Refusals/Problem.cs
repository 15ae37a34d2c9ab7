namespace Touchstage.Safety.Refusals;

/// <summary>One thing that is wrong with an input, told so that whoever sent it can mend it.</summary>
/// <param name="Path">Where: a JSON Pointer (RFC 6901) into the input, empty for the whole.</param>
/// <param name="Rule">What was broken: the schema keyword or the name of the check, such as <c>maximum</c>.</param>
/// <param name="Message">What was expected and what was seen, in one sentence without a sensitive value.</param>
public sealed record Problem(string Path, string Rule, string Message);
