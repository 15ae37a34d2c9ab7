using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Touchstage.Architecture.Tests.Reading;

/// <summary>Reads the refusal codes out of an assembly's instructions: where they are defined, and whether anything can ever give them.</summary>
internal static class RefusalCodes
{
    private const string Type = "Touchstage.Safety.Refusals.RefusalCode";

    /// <summary>Each <c>static readonly RefusalCode X = RefusalCode.Define("code", "meaning")</c>, in the order of the codes.</summary>
    public static IReadOnlyList<CodeField> Defined(AssemblyDefinition assembly) =>
    [
        .. from method in assembly.Methods()
           from define in method.Instructions()
           where IsDefine(define)
           let field = define.Next is { OpCode.Code: Code.Stsfld, Operand: FieldReference set } ? set : null
           let name = NameOf(field ?? (MemberReference)method)
           select field is not null && define.Previous is { Operand: string meaning, Previous.Operand: string code } ? new CodeField(name, code, meaning) : new(name, "", "") into defined
           orderby defined.Code, defined.Field
           select defined,
    ];

    /// <summary>The fields that nothing reachable reads. A class that defines codes is reached through what others call of it.</summary>
    public static IReadOnlyList<string> NeverGiven(IReadOnlyList<AssemblyDefinition> assemblies)
    {
        var reads = Reads(assemblies);
        return
        [
            .. assemblies.SelectMany(Defined).Select(code => code.Field).Where(field => !IsReached(field, reads, [])).Order(StringComparer.Ordinal),
        ];
    }

    // Who mentions a member: methods by their own name, static initialisers by the name of the field that they set.
    private static ILookup<string, Mention> Reads(IReadOnlyList<AssemblyDefinition> assemblies) =>
        (from method in assemblies.SelectMany(assembly => assembly.Methods())
         from instruction in method.Instructions()
         let read = instruction.OpCode.Code is Code.Stsfld ? null : instruction.Operand as MemberReference
         where read is FieldReference or MethodReference
         select (Read: NameOf(read), Mention: MentionIn(method, instruction))).ToLookup(read => read.Read, read => read.Mention, StringComparer.Ordinal);

    private static Mention MentionIn(MethodDefinition method, Instruction instruction)
    {
        var type = method.DeclaringType;
        while (type.Name.StartsWith('<') && type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        var isInitialiser = method is { IsConstructor: true, IsStatic: true };
        return new(isInitialiser ? FieldSetAfter(instruction) : NameOf(method), type.ShortName(), isInitialiser || type is { IsAbstract: true, IsSealed: true });
    }

    // A static class is reached only through what others call of it; an object's methods are taken to be called, if only through an interface.
    private static bool IsReached(string member, ILookup<string, Mention> reads, HashSet<string> seen) => seen.Add(member) && reads[member].Any(read =>
        !member.StartsWith(read.ByType + ".", StringComparison.Ordinal) || !read.IsFactory || IsReached(read.By, reads, seen));

    private static bool IsDefine(Instruction instruction) => instruction.Operand is MethodReference { Name: "Define", DeclaringType.FullName: Type };

    private static string FieldSetAfter(Instruction? instruction)
    {
        while (instruction is not null and not { OpCode.Code: Code.Stsfld })
        {
            instruction = instruction.Next;
        }

        return instruction?.Operand is FieldReference field ? NameOf(field) : "";
    }

    private static string NameOf(MemberReference member)
    {
        var name = member.Name.StartsWith('<') ? member.Name[1..member.Name.IndexOf('>', StringComparison.Ordinal)] : member.Name;
        for (var type = member.DeclaringType; ; type = type.DeclaringType)
        {
            if (!type.Name.StartsWith('<') || type.DeclaringType is null)
            {
                return $"{type.GetElementType().ShortName()}.{name}";
            }

            // A lambda's or an async method's class carries the method's name, a plain closure's does not.
            name = type.Name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? type.Name[1..end] : name;
        }
    }

    private sealed record Mention(string By, string ByType, bool IsFactory);
}
