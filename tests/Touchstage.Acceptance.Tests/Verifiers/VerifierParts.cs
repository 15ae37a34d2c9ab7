namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>The software of others that verifies step tokens: Debian's Apache httpd with mod_auth_openidc and Python with PyJWT, Node with jose, and that behind nginx.</summary>
internal static class VerifierParts
{
    public const string Apache = "/usr/sbin/apache2";
    public const string Modules = "/usr/lib/apache2/modules";

    public const string Nginx = "/usr/sbin/nginx";

    /// <summary>Debian's own, which sees Debian's packages.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>Where the samples lie.</summary>
    public static string Samples => Path.Combine(Executable.Root, "samples", "verifiers");

    /// <summary>What is missing of one of them and what adds it, or null.</summary>
    public static string? Missing(string verifier) => verifier switch
    {
        "apache" => Without(Apache, "apache2") ?? Without(Path.Combine(Modules, "mod_auth_openidc.so"), "libapache2-mod-auth-openidc"),
        "python" => Without(Python, "python3") ?? Without("/usr/lib/python3/dist-packages/jwt/__init__.py", "python3-jwt") ?? Without("/usr/lib/python3/dist-packages/cryptography/__init__.py", "python3-cryptography"),
        "nginx" => Without(Nginx, "nginx-light") ?? Missing("node"),
        _ => File.Exists(Path.Combine(Samples, "node_modules", ".package-lock.json")) ? null : "jose is not installed. Add it with: npm ci --prefix samples/verifiers",
    };

    private static string? Without(string file, string package) => File.Exists(file) ? null : $"{file} is not installed. Add it with: apt-get install -y {package}";
}
