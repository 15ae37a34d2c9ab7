using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Touchstage.Safety.Tests.Credentials;

/// <summary>What of a type can be read from outside it and could be a secret: text, bytes, keys, and whatever is made of them.</summary>
internal static class SecretShape
{
    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Type[] Telling =
    [
        typeof(string), typeof(StringBuilder), typeof(Uri), typeof(byte), typeof(char), typeof(object), typeof(Stream),
        typeof(JsonDocument), typeof(JsonElement), typeof(JsonNode), typeof(AsymmetricAlgorithm), typeof(X509Certificate), typeof(SecurityKey), typeof(SigningCredentials),
    ];

    /// <summary>Properties, fields and methods without parameters that others can read, that may tell a secret and do not say so: <c>TYPE.MEMBER</c>.</summary>
    public static IEnumerable<string> ShownBy(Type type)
    {
        if (IsCompilers(type))
        {
            return [];
        }

        var properties = type.GetProperties(Own).Where(property => IsOpen(property.GetMethod) && MayTell(property.PropertyType)).Select(property => property.Name);
        var fields = type.GetFields(Own).Where(field => field is { IsPrivate: false, IsLiteral: false } && MayTell(field.FieldType)).Select(field => field.Name);
        var methods = type.GetMethods(Own)
            .Where(method => IsOpen(method) && method is { IsSpecialName: false, IsStatic: false, Name: not "ToString" } && method.GetParameters().Length == 0 && MayTell(method.ReturnType))
            .Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(method => method.Name + "()");
        return properties.Concat(fields).Concat(methods).Where(name => !name.StartsWith("Reveal", StringComparison.Ordinal)).Select(name => $"{NameOf(type)}.{name}");
    }

    /// <summary>Fields of an instance that may hold a secret, whoever can read them: <c>TYPE.MEMBER</c>, by the name of the property where it is one's.</summary>
    public static IEnumerable<string> HeldBy(Type type) => IsCompilers(type) || type.IsEnum ? [] : type.GetFields(Own)
        .Where(field => !field.IsStatic && MayTell(field.FieldType))
        .Select(field => $"{NameOf(type)}.{(field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name)}");

    /// <summary>Whether it has a member that says that it hands a secret out.</summary>
    public static bool RevealsSomething(Type type) => type.GetMembers(Own).Any(member => member.Name.StartsWith("Reveal", StringComparison.Ordinal));

    /// <summary>Whether an instance prints as stars, whatever is in it.</summary>
    public static bool PrintsStars(Type type)
    {
        try
        {
            return RuntimeHelpers.GetUninitializedObject(type).ToString() == "***";
        }
        catch (NullReferenceException)
        {
            return false;
        }
    }

    private static bool MayTell(Type type) =>
        type.IsArray || type.IsByRef || type.IsPointer ? MayTell(type.GetElementType()!)
        : type.IsGenericType && type.GetGenericArguments().Any(MayTell) ? !typeof(Delegate).IsAssignableFrom(type)
        : Telling.Any(telling => telling == typeof(object) ? type == telling : telling.IsAssignableFrom(type));

    private static bool IsOpen(MethodInfo? method) => method is { IsPrivate: false };

    // Closures and state machines live in methods, and are handed to nobody.
    private static bool IsCompilers(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute)) || (type.DeclaringType is { } outer && IsCompilers(outer));

    private static string NameOf(Type type) => type.DeclaringType is { } outer ? $"{NameOf(outer)}+{type.Name}" : type.Name;
}
