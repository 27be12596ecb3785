# Errors
errors-home = Ir al inicio
errors-request = Código para la asistencia:
errors-forbidden = No tiene permiso para hacer esto
errors-forbidden-text = Su rol no lo permite. Quien administra Tracte en su empresa puede darle permiso.
errors-forbidden-who = Su rol no lo permite. Puede darle permiso: { $names }.
errors-not-found = No se ha encontrado esta página
errors-not-found-text = Quizá la dirección no es correcta, o lo que busca se ha eliminado o no es para usted. Pruebe con la búsqueda.
errors-too-large = Lo que ha enviado es demasiado grande
errors-too-large-text = El máximo es de { $maximum }. No se ha guardado nada. Divida el archivo o quite lo que no haga falta.
errors-unprocessable = No se ha entendido la petición
errors-unprocessable-text = No se ha guardado nada. Vuelva atrás, revise el formulario y envíelo otra vez.
errors-too-many = Demasiadas peticiones seguidas
errors-too-many-text =
    { $count ->
        [one] Espere { $count } segundo y vuelva a intentarlo.
       *[other] Espere { $count } segundos y vuelva a intentarlo.
    }
errors-unavailable = Ahora mismo no se puede atender
errors-unavailable-text = Hay mucho trabajo o se está iniciando. No se ha guardado nada. Vuelva a intentarlo dentro de un rato.
errors-internal = Ha habido un error nuestro
errors-internal-text = Puede que la última acción no se haya guardado: compruébelo antes de repetirla. Si vuelve a pasar, dé este código a quien administra Tracte.
errors-conflict = «{ $title }» ha cambiado mientras lo editaba
errors-conflict-text = { $who } ha guardado cambios { $when }. Elija qué valor quiere para cada campo; nada de lo que ha escrito se ha perdido.
errors-conflict-table = Valores que no coinciden
errors-conflict-field = Campo
errors-conflict-mine = El suyo
errors-conflict-saved = El guardado
errors-conflict-save = Guardar los valores elegidos
errors-conflict-discard = Descartar mis cambios
# Papel
paper-made = Hecho con Tracte el { $when }
problem-template = La plantilla para imprimir tiene un error: { $detail }. Corrija el archivo de la carpeta de datos, o quítelo para imprimir con la plantilla que trae Tracte.
errors-again = Volver a intentarlo
errors-unavailable-read = Hay demasiado trabajo en este momento para mostrar esta página. Vuelva a intentarlo dentro de un rato.
