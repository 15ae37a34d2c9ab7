using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Touchstage.Safety.Conditions;

/// <summary>
/// Reads JSON as values of a type. What does not fit its type becomes a value whose reading is an error, so a condition over it
/// fails instead of coming out true or false by accident. No message shows a value.
/// </summary>
internal static class CelReader
{
    /// <summary>Reads a JSON value; <paramref name="path"/> names it in messages.</summary>
    public static CelValue Read(JsonElement json, CelType type, string path) => Read(json, type, path, 0);

    /// <summary>Holds a value that is already read against its type: what does not fit fails.</summary>
    public static CelValue Conform(CelValue value, CelType type, string path)
    {
        if (!value.IsValue)
        {
            return value;
        }

        if (type == CelType.Double && value.Kind == CelKind.Int)
        {
            return Exact(value.AsInt, path);
        }

        if (!type.Holds(value))
        {
            return Misfit(type, path);
        }

        return type switch
        {
            CelType.ListOf list when list.Element != CelType.Dyn => CelValue.List(value.AsList.Select(i => Conform(i, list.Element, path))),
            CelType.MapOf map when map.Value != CelType.Dyn || map.Key != CelType.Dyn =>
                CelValue.Map(value.AsMap.Select(m => KeyValuePair.Create(Conform(m.Key, map.Key, path), Conform(m.Value, map.Value, path)))),
            _ => value,
        };
    }

    private static CelValue Read(JsonElement json, CelType type, string path, int depth)
    {
        if (depth >= ConditionLimits.ValueDepth)
        {
            return CelValue.Failed($"{Name(path)} nests too deeply.");
        }

        switch (json.ValueKind, type)
        {
            case (JsonValueKind.Undefined, _):
                return CelValue.Failed($"{Name(path)} is missing.");
            case (JsonValueKind.Array, CelType.ListOf or CelType.Anything):
                var element = (type as CelType.ListOf)?.Element ?? CelType.Dyn;
                return CelValue.List(json.EnumerateArray().Select((item, i) => Read(item, element, Indexed(path, i), depth + 1)));
            case (JsonValueKind.Object, CelType.ObjectOf shape):
                return ReadObject(json, shape, path, depth);
            case (JsonValueKind.Object, CelType.MapOf or CelType.Anything):
                var member = (type as CelType.MapOf)?.Value ?? CelType.Dyn;
                return (type as CelType.MapOf)?.Key is null or CelType.Text or CelType.Anything
                    ? ReadMembers(json, path, (name, value) => Read(value, member, Join(path, name), depth + 1))
                    : Misfit(type, path);
            case (JsonValueKind.Number, _):
                return ReadNumber(json, type, path);
            case (JsonValueKind.String, _):
                return ReadString(json, type, path);
            case (JsonValueKind.True or JsonValueKind.False, _):
                return Fitting(CelValue.Of(json.ValueKind == JsonValueKind.True), type, path);
            case (JsonValueKind.Null, _):
                return Fitting(CelValue.Null, type, path);
            default:
                return Misfit(type, path);
        }
    }

    private static CelValue ReadObject(JsonElement json, CelType.ObjectOf shape, string path, int depth)
    {
        // A member that the type does not declare is left out: no condition can name it, so nothing can hide behind it.
        var read = ReadMembers(json, path, (name, value) =>
            shape.Fields.TryGetValue(name, out var field) ? Read(value, field.Type, Join(path, name), depth + 1) : null);
        if (!read.IsValue)
        {
            return read;
        }

        var missing = shape.Fields.Where(f => !f.Value.Optional && read.Member(CelValue.Of(f.Key)) is null)
            .Select(f => KeyValuePair.Create(CelValue.Of(f.Key), CelValue.Failed($"{Join(path, f.Key)} is missing.")));
        return CelValue.Map(read.AsMap.Concat(missing));
    }

    private static CelValue ReadMembers(JsonElement json, string path, Func<string, JsonElement, CelValue?> read)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<KeyValuePair<string, CelValue>>();
        foreach (var property in json.EnumerateObject())
        {
            if (TryText(() => property.Name) is not { } name || !names.Add(name))
            {
                return CelValue.Failed($"{Name(path)} has the same member twice, or one whose name is not valid Unicode.");
            }

            if (read(name, property.Value) is { } value)
            {
                members.Add(new(name, value));
            }
        }

        return CelValue.Map(members);
    }

    private static CelValue ReadNumber(JsonElement json, CelType type, string path)
    {
        bool isInt = json.TryGetInt64(out long whole);
        if (type == CelType.Int)
        {
            return isInt ? CelValue.Of(whole) : Misfit(type, path);
        }

        if (isInt && type is CelType.Either or CelType.Anything)
        {
            return CelValue.Of(whole);
        }

        if (type != CelType.Double && type is not (CelType.Either or CelType.Anything))
        {
            return Misfit(type, path);
        }

        string raw = json.GetRawText();
        bool isDigits = raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        if (!json.TryGetDouble(out double number) || !double.IsFinite(number))
        {
            return CelValue.Failed($"{Name(path)} is too large for a number.");
        }

        // A long row of digits would be rounded in silence; written with an exponent it says itself that it is a double.
        return isDigits && BigInteger.Parse(raw, CultureInfo.InvariantCulture) != new BigInteger(number) ? Inexact(path) : CelValue.Of(number);
    }

    private static CelValue ReadString(JsonElement json, CelType type, string path)
    {
        if (TryText(json.GetString) is not { } text)
        {
            return CelValue.Failed($"{Name(path)} is not valid Unicode.");
        }

        if (type == CelType.Timestamp || type == CelType.Duration)
        {
            var parsed = type == CelType.Timestamp ? CelTime.ParseTimestamp(text) : CelTime.ParseDuration(text);
            return parsed.IsValue ? parsed : Misfit(type, path);
        }

        return Fitting(CelValue.Of(text), type, path);
    }

    private static string? TryText(Func<string?> read)
    {
        try
        {
            string? text = read();
            return text is null || CelText.HasLoneSurrogate(text) ? null : text;
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json throws so for an escaped lone surrogate or bad UTF-8.
            return null;
        }
    }

    private static CelValue Fitting(CelValue value, CelType type, string path) => type.Holds(value) ? value : Misfit(type, path);

    private static CelValue Exact(long whole, string path) => (Int128)(double)whole == whole ? CelValue.Of((double)whole) : Inexact(path);

    private static CelValue Inexact(string path) => CelValue.Failed($"{Name(path)} has more digits than a number holds exactly.");

    private static CelValue Misfit(CelType type, string path) => CelValue.Failed($"{Name(path)} is not a {type}.");

    private static string Name(string path) => path.Length == 0 ? "The value" : path;

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    private static string Indexed(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
