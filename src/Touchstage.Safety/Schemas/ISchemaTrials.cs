namespace Touchstage.Safety.Schemas;

/// <summary>Tries JSON Schemas (draft 2020-12) out, apart from any manifest. It reads no file, store or clock, and fetches nothing.</summary>
public interface ISchemaTrials
{
    /// <summary>Holds one instance against one schema.</summary>
    /// <param name="line">
    /// A JSON object: <c>schema</c>, <c>instance</c>, and where wanted <c>remotes</c> (other schemas by their absolute URI, which references may lead to). Other members are ignored.
    /// </param>
    /// <param name="asInput">Whether the schema is read as that of a capability's input: closed, and nothing in it passed over. Else it is read as the standard says, with <c>format</c> asserted.</param>
    /// <returns>
    /// A JSON object on one line: <c>valid</c>, and <c>errors</c>, an array of at most ten <c>{"path","keyword","message"}</c>, where <c>path</c> is a JSON Pointer. If it is not the instance that is
    /// wrong, <c>in</c> says what is, and where the paths lead: <c>schema</c> (it does not load) or <c>line</c> (it is malformed, or holds a number or text that JSON of ours has no exact form for).
    /// </returns>
    string Validate(string line, bool asInput = false);
}
